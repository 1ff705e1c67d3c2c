#include "include/elementwise.h"

#include "elementary.h"
#include "lanes.h"

#include <math.h>

#define TEMPLATE "reductions_template.h"
#include "each_type.h"
