"""The participant (deltagare / borger): who they are, how they are reached, what protects them."""
