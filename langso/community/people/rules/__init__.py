"""Pure decisions of the register: no Django tables, no clock."""
