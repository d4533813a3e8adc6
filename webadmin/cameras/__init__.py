"""How the cameras are doing: table, map, one camera's page, and the check page for the field."""
