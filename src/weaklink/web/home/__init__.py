"""Home: other devices on the home network, paired by a code, over a certificate of this house."""
