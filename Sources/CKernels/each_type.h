// Reads the file named by TEMPLATE twice: with E = float, then with E = double. Deliberately without an include guard.

#define E float
#define LANES float_lanes
#define NAME(name) name##_f32
#define MATH(name) name##_f32_inline
#include TEMPLATE
#undef E
#undef LANES
#undef NAME
#undef MATH

#define E double
#define LANES double_lanes
#define NAME(name) name##_f64
#define MATH(name) name##_f64_inline
#include TEMPLATE
#undef E
#undef LANES
#undef NAME
#undef MATH
