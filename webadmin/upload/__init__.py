"""The upload tool: try a file without storing it, really process it, or send it through the machine's own FTPS."""
