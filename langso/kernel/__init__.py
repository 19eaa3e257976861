"""Words that no domain owns: who acts, what happened, when, in which commune, and how it is shown."""
