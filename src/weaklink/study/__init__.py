"""Study: many runs at once. Sweeps over muscles and virtual cohorts, on one core or a cluster, as Parquet."""
