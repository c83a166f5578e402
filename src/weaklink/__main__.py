"""`python -m weaklink`."""

from weaklink.cli import main

# A worker process imports this file under another name and must not start a second server.
if __name__ == "__main__":
    main()
