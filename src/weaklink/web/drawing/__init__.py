"""Drawing: bodies, charts and pictures as SVG, made on the server."""
