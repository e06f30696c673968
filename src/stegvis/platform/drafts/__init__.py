"""Text on its way: kept on the server until it is sent, whatever happens to the browser."""
