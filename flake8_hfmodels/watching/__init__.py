"""What `hfmodels watch` knows between two runs, and what is news. Pure."""
