"""Plain data of submissions and jobs. Nothing here knows sessions or exceptions."""
