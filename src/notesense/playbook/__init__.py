"""The shipped playbook, `retention.yaml`: what to ask when, for keeping customers."""
