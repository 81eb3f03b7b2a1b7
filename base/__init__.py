"""Make the base data while the wheel is built; never imported by the installed tool."""
