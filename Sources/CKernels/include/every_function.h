// Every kernel that a path fills in: reads the lists with TF_KERNEL as the reader defines it. Deliberately without an
// include guard.

#define TF_ELEMENT float
#define TF_NAME(name) name##_f32
#include "element_functions.h"
#undef TF_ELEMENT
#undef TF_NAME

#define TF_ELEMENT double
#define TF_NAME(name) name##_f64
#include "element_functions.h"
#include "factorisation_functions.h"
#undef TF_ELEMENT
#undef TF_NAME

#define TF_NAME(name) name
#include "other_functions.h"
#undef TF_NAME
