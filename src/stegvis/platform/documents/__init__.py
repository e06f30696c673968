"""Documents as PDF/UA, from templates and values."""
