// Every list of kernels that there are for each element type. Deliberately without an include guard.

#include "elementwise_functions.h"
#include "row_functions.h"
#include "product_functions.h"
