"""A program that begins with this finds neither the modules nor the functions that Windows lacks."""

PREAMBLE = """
import os, signal, subprocess, sys
for name in ("fcntl", "grp", "pwd", "resource", "termios"):
    sys.modules[name] = None
for name in "O_CLOEXEC O_NOFOLLOW O_NONBLOCK fchmod fork getuid killpg mkfifo register_at_fork setsid".split():
    vars(os).pop(name, None)
for name in "ITIMER_REAL SIGALRM SIGCHLD SIGHUP SIGKILL setitimer".split():
    vars(signal).pop(name, None)
"""
