#pragma once

// The table of a path's kernels, and what every path_*.c needs before it sets its instruction set.

#include "include/kernels.h"

#include <float.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct tf_kernels {
#define TF_KERNEL(result, name, parameters, arguments) result(*TF_NAME(name)) parameters;
#include "every_function.h"
#undef TF_KERNEL
};
