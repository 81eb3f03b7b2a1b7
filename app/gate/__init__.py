"""What stands before all routes: who may ask what, and what every answer says."""
