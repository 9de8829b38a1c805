"""What a reply costs, stage by stage and beside the bare search of other libraries."""
