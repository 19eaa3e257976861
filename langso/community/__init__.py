"""What every pillar refers to: places, people, organisations."""
