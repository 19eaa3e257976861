"""Python loads this first when its folder is on the path: every process of a node then has a clock that is wrong.

`LANGSO_TEST_CLOCK_OFF` says by how many seconds.
"""

import os
import time

import time_machine

time_machine.travel(time.time() + float(os.environ["LANGSO_TEST_CLOCK_OFF"]), tick=True).start()
