#include "path_table.h"

#if defined(__x86_64__)

#define PATH avx512
#define VECTOR_BYTES 64
#define ROWS_MAX 8
#define VECTORS 3
#define PANELS 1
#define TILES_OF(T, rows) T(rows, 1) T(rows, 2) T(rows, 3)
#define EACH_TILE(T)                                                                                                   \
  TILES_OF(T, 1)                                                                                                       \
  TILES_OF(T, 2) TILES_OF(T, 3) TILES_OF(T, 4) TILES_OF(T, 5) TILES_OF(T, 6) TILES_OF(T, 7) TILES_OF(T, 8)

#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi,bmi2,lzcnt,popcnt"))), apply_to = function)
#include "path.h"
#pragma clang attribute pop

#endif
