"""What every room stands on: tenancy < accounts < access < journal < ui."""
