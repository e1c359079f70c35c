"""Jobs: their records and logs, the scheduler, the processes and containers that run them."""
