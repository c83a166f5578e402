"""`python -m weaklink`."""

from weaklink.cli import main

main()
