"""Charts, maps and QR codes as SVG, drawn on the server: they need no JavaScript and no library from elsewhere."""
