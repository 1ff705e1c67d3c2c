#include "include/elementwise.h"

#include "elementary.h"

#define TEMPLATE "elementwise_template.h"
#include "each_type.h"
