"""Study: sweeps and cohorts. Empty until the body model is built."""
