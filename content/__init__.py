"""All that the assistant knows, as YAML that editors own, and the loader that checks it."""
