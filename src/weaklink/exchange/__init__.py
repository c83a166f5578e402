"""Exchange: activity files in, calendar and sheets out. Empty until the weeks after are built."""
