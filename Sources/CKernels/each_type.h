// Reads the file named by TEMPLATE twice: with E = float, then with E = double. Deliberately without an include guard.

#define E float
#define SIXTEEN float_lanes
#define TAIL_TYPE tail_f32
#define NAME(name) here_##name##_f32
#define MATH(name) name##_f32_inline
#define FUSED_VECTOR(a, b, c) FUSED_VECTOR_F32(a, b, c)
#include TEMPLATE
#undef E
#undef SIXTEEN
#undef TAIL_TYPE
#undef NAME
#undef MATH
#undef FUSED_VECTOR

#define E double
#define SIXTEEN double_lanes
#define TAIL_TYPE tail_f64
#define NAME(name) here_##name##_f64
#define MATH(name) name##_f64_inline
#define FUSED_VECTOR(a, b, c) FUSED_VECTOR_F64(a, b, c)
#include TEMPLATE
#undef E
#undef SIXTEEN
#undef TAIL_TYPE
#undef NAME
#undef MATH
#undef FUSED_VECTOR
