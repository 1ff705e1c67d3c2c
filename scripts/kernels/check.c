// Holds the kernels of every available path against plain loops, and prints a
// digest of what they compute. Compiled for several architectures by
// scripts/check-aarch64: the digests have to agree.

#include "CKernels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state = 88172645463325252u;

static uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

/// -1 ..< 1
static double number(void) { return (double)(next() >> 11) * 0x1p-52 - 1; }

/// One of five kinds of number: ordinary, of mixed magnitudes, subnormal, often
/// zero, any bits.
static double any_f64(int kind) {
  uint64_t bits = next();
  double value = number();
  switch (kind) {
  case 0:
    return value;
  case 1:
    return ldexp(value, (int)(bits % 1800) - 900);
  case 2:
    return ldexp(value, -1060 + (int)(bits % 40));
  case 3:
    return bits % 4 == 0 ? 0 : bits % 4 == 1 ? -0.0 : value;
  default:
    memcpy(&value, &bits, sizeof value);
    return value;
  }
}

static float any_f32(int kind) {
  uint64_t bits = next();
  uint32_t low = (uint32_t)bits;
  float value = (float)number();
  switch (kind) {
  case 0:
    return value;
  case 1:
    return ldexpf(value, (int)(bits % 250) - 125);
  case 2:
    return ldexpf(value, -140 + (int)(bits % 20));
  case 3:
    return bits % 4 == 0 ? 0 : bits % 4 == 1 ? -0.0f : value;
  default:
    memcpy(&value, &low, sizeof value);
    return value;
  }
}

static uint64_t digest;

/// FNV-1a over bytes; a NaN counts as one, whatever its sign and payload.
static void add(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  if (value != value)
    bits = ~0ull;
  for (int i = 0; i < 8; i++)
    digest = (digest ^ (bits >> 8 * i & 255)) * 1099511628211u;
}

static long compared, differing;

#define CHECK(E, SUFFIX, FMA, BITS)                                            \
  static void check_product_##SUFFIX(int m, int n, int k, int kind) {          \
    int as = k + 3, at = m + 2, bs = n + 1, bt = k + 2, cs = n + 3;            \
    E *a = calloc((size_t)(m * as + 1), sizeof(E)),                            \
      *ta = calloc((size_t)(k * at + 1), sizeof(E));                           \
    E *b = calloc((size_t)(k * bs + 1), sizeof(E)),                            \
      *tb = calloc((size_t)(n * bt + 1), sizeof(E));                           \
    E *old = calloc((size_t)(m * cs + 1), sizeof(E)),                          \
      *wanted = calloc((size_t)(m * cs + 1), sizeof(E));                       \
    E *c = calloc((size_t)(m * cs + 1), sizeof(E));                            \
    for (int i = 0; i < m * cs; i++)                                           \
      old[i] = any_##SUFFIX(kind);                                             \
    for (int i = 0; i < m; i++)                                                \
      for (int j = 0; j < k; j++)                                              \
        ta[j * at + i] = a[i * as + j] = any_##SUFFIX(kind);                   \
    for (int i = 0; i < k; i++)                                                \
      for (int j = 0; j < n; j++)                                              \
        tb[j * bt + i] = b[i * bs + j] = any_##SUFFIX(kind);                   \
    for (int mode = 0; mode < 3; mode++) {                                     \
      memcpy(wanted, old, (size_t)(m * cs) * sizeof(E));                       \
      for (int i = 0; i < m; i++)                                              \
        for (int j = 0; j < n; j++) {                                          \
          E sum = mode == 0 ? 0 : old[i * cs + j];                             \
          for (int start = 0; start < k; start += 128) {                       \
            E chain = 0;                                                       \
            for (int z = start; z < k && z < start + 128; z++)                 \
              chain = FMA(a[i * as + z], b[z * bs + j], chain);                \
            sum = mode == 2                 ? sum - chain                      \
                  : mode == 0 && start == 0 ? chain                            \
                                            : sum + chain;                     \
          }                                                                    \
          wanted[i * cs + j] = sum;                                            \
        }                                                                      \
      for (size_t path = 0; path < tf_path_count(); path++) {                  \
        if (!tf_path_is_available(path))                                       \
          continue;                                                            \
        tf_path_force(path);                                                   \
        E *packed = calloc(tf_packed_count_##SUFFIX((size_t)k, (size_t)n) + 1, \
                           sizeof(E));                                         \
        for (int form = 0; form < 6; form++) {                                 \
          memcpy(c, old, (size_t)(m * cs) * sizeof(E));                        \
          int isA = form & 1, isB = form >> 1 & 1;                             \
          if (form < 4) {                                                      \
            tf_product_##SUFFIX((size_t)m, (size_t)n, (size_t)k, isA ? ta : a, \
                                isA ? at : as, isA, isB ? tb : b,              \
                                isB ? bt : bs, isB, c, cs, mode, 0);           \
          } else {                                                             \
            tf_pack_##SUFFIX((size_t)k, (size_t)n, isA ? tb : b,               \
                             isA ? bt : bs, isA, packed);                      \
            tf_packed_product_##SUFFIX((size_t)m, (size_t)n, (size_t)k, a, as, \
                                       packed, c, cs, mode);                   \
          }                                                                    \
          for (int i = 0; i < m * cs; i++) {                                   \
            BITS found, right;                                                 \
            memcpy(&found, c + i, sizeof found);                               \
            memcpy(&right, wanted + i, sizeof right);                          \
            compared++;                                                        \
            if (found != right && !(c[i] != c[i] && wanted[i] != wanted[i]))   \
              differing++;                                                     \
          }                                                                    \
        }                                                                      \
        free(packed);                                                          \
      }                                                                        \
    }                                                                          \
    for (int i = 0; i < m * cs; i++)                                           \
      add(wanted[i]);                                                          \
    free(a), free(ta), free(b), free(tb), free(old), free(wanted), free(c);    \
  }                                                                            \
                                                                               \
  /* Activations, functions of rows and sums of numbers of every kind. */       \
  static void digest_##SUFFIX(void) {                                          \
    enum { rows = 7, cols = 333 };                                             \
    static E x[rows * cols], y[rows * cols], z[rows * cols];                   \
    for (int kind = 0; kind < 5; kind++) {                                     \
      for (int i = 0; i < rows * cols; i++)                                    \
        x[i] = any_##SUFFIX(kind) * (kind == 0 ? 20 : 1),                      \
        y[i] = any_##SUFFIX(kind);                                             \
      const void *parts[2] = {x, y};                                           \
      const ptrdiff_t strides[2] = {cols, cols};                               \
      for (int activation = 0; activation < 4; activation++) {                 \
        for (size_t count = 1; count <= 2; count++) {                          \
          tf_combine_##SUFFIX(rows, cols, parts, strides, count, NULL,         \
                              activation, z, cols);                            \
          for (int i = 0; i < rows * cols; i++)                                \
            add(z[i]);                                                         \
        }                                                                      \
        tf_activation_pullback_##SUFFIX(rows, cols, activation, x, cols, y,    \
                                        cols, z, cols, 0);                     \
        for (int i = 0; i < rows * cols; i++)                                  \
          add(z[i]);                                                           \
      }                                                                        \
      add(tf_sum_##SUFFIX(rows, cols, x, cols)),                               \
          add(tf_square_sum_##SUFFIX(rows, cols, x, cols));                    \
      add(tf_product_sum_##SUFFIX(rows, cols, x, cols, y, cols));              \
      add(tf_abs_log_product_sum_##SUFFIX(rows, cols, x, cols, y, cols));      \
      int32_t targets[rows] = {0, 5, 332, 7, 8, 9, -1};                        \
      double losses[rows];                                                     \
      memcpy(z, x, sizeof z);                                                  \
      tf_softmax_cross_entropy_##SUFFIX(rows, cols, z, cols, targets, losses); \
      for (int i = 0; i < rows; i++)                                           \
        add(losses[i]);                                                        \
      for (int i = 0; i < rows * cols; i++)                                    \
        add(z[i]);                                                             \
      static E w[rows * cols];                                                 \
      const E *gain = x + 5, *bias = y + 9;                                    \
      const int32_t ids[rows] = {3, 0, 3, 6, 1, 3, 2};                         \
      for (int function = 0; function < 15; function++) {                      \
        memcpy(w, y, sizeof w);                                                \
        switch (function) {                                                    \
        case 0:                                                                \
          tf_softmax_##SUFFIX(rows, cols, 0.3, x, cols, bias, 0, 5, w, cols);  \
          break;                                                               \
        case 1:                                                                \
          tf_softmax_pullback_##SUFFIX(rows, cols, 0.3, x, cols, y, cols, w,   \
                                       cols, 1);                               \
          break;                                                               \
        case 2:                                                                \
          tf_softmax_pullback_tangent_##SUFFIX(rows, cols, 0.3, x, cols, z,    \
                                               cols, y, cols, w, cols, 0);     \
          break;                                                               \
        case 3:                                                                \
          tf_layer_norm_##SUFFIX(rows, cols, 1e-5, x, cols, gain, bias, w,     \
                                 cols);                                        \
          break;                                                               \
        case 4:                                                                \
          tf_layer_norm_pullback_##SUFFIX(rows, cols, 1e-5, x, cols, gain, y,  \
                                          cols, w, cols, 1);                   \
          break;                                                               \
        case 5:                                                                \
          tf_layer_norm_pullback_tangent_##SUFFIX(                             \
              rows, cols, 1e-5, x, cols, z, cols, gain, y, cols, w, cols, 0);  \
          break;                                                               \
        case 6:                                                                \
          tf_gather_rows_##SUFFIX(rows, cols, ids, 0.7, x, cols, w, cols);     \
          break;                                                               \
        case 7:                                                                \
          tf_scatter_rows_##SUFFIX(rows, cols, ids, 0.7, x, cols, w, cols);    \
          break;                                                               \
        case 8:                                                                \
          tf_product_column_totals_##SUFFIX(rows, cols, x, cols, y, cols, w,   \
                                            1);                                \
          break;                                                               \
        default:                                                               \
          tf_gelu_##SUFFIX(rows, cols, function % 2, function / 2 % 3, x, cols,\
                           w, cols);                                           \
        }                                                                      \
        for (int i = 0; i < rows * cols; i++)                                  \
          add(w[i]);                                                           \
      }                                                                        \
    }                                                                          \
  }

CHECK(float, f32, fmaf, uint32_t)
CHECK(double, f64, fma, uint64_t)

static void digest_factorisations(size_t n) {
  size_t m = n + 5;
  double *x = calloc(n * m, sizeof *x), *gram = calloc(n * n, sizeof *x),
         *a = calloc(n * m, sizeof *x);
  double *work = calloc(n * n + 64 * n + 2 * m, sizeof *x),
         *d = calloc(n, sizeof *x), *e = calloc(n, sizeof *x);
  size_t *exchanges = calloc(n, sizeof *exchanges);
  for (size_t i = 0; i < n * m; i++)
    x[i] = number();
  tf_product_f64(n, n, m, x, (ptrdiff_t)m, 0, x, (ptrdiff_t)m, 1, gram,
                 (ptrdiff_t)n, TF_PRODUCT_ASSIGN, 0);
  memcpy(a, gram, n * n * sizeof *a);
  tf_cholesky_f64(n, a, (ptrdiff_t)n, work);
  for (size_t i = 0; i < n; i++)
    add(a[i * n + i]);
  add(tf_inverse_square_sum_f64(n, a, (ptrdiff_t)n, work));
  memcpy(a, gram, n * n * sizeof *a);
  tf_triangular_factors_f64(n, a, (ptrdiff_t)n, exchanges, work);
  for (size_t i = 0; i < n * n; i++)
    add(a[i]);
  memcpy(a, gram, n * n * sizeof *a);
  tf_tridiagonal_f64(n, a, (ptrdiff_t)n, d, e, work);
  tf_tridiagonal_eigenvalues_f64(n, d, e);
  for (size_t i = 0; i < n; i++)
    add(d[i]);
  tf_transpose_f64(n, m, x, (ptrdiff_t)m, a, (ptrdiff_t)n);
  tf_bidiagonal_f64(m, n, a, (ptrdiff_t)n, d, e, work);
  tf_bidiagonal_singular_values_f64(n, d, e);
  for (size_t i = 0; i < n; i++)
    add(d[i]);
  free(x), free(gram), free(a), free(work), free(d), free(e), free(exchanges);
}

int main(void) {
  digest = 14695981039346656037u;
  for (int round = 0; round < 60; round++) {
    int m = (int)(next() % 90), n = (int)(next() % 130) + 1,
        k = (int)(next() % (round % 3 == 0 ? 400 : 140));
    check_product_f32(m, n, k, round % 5);
    check_product_f64(m, n, k, round % 5);
  }
  fprintf(stderr, "elements of products compared: %ld\n", compared);
  printf("products: %ld differ; digest %016llx\n", differing,
         (unsigned long long)digest);
  uint64_t start = state, first = 0;
  int isSame = 1;
  for (size_t path = 0; path < tf_path_count(); path++) {
    if (!tf_path_is_available(path))
      continue;
    tf_path_force(path);
    state = start;
    digest = 14695981039346656037u;
    digest_f32();
    digest_f64();
    for (size_t n = 1; n < 200; n = 2 * n + 1)
      digest_factorisations(n);
    fprintf(stderr, "%s: digest %016llx\n", tf_path_name(path),
            (unsigned long long)digest);
    if (first == 0)
      first = digest;
    isSame &= digest == first;
  }
  printf("functions, sums, factorisations: digest %016llx\n",
         (unsigned long long)first);
  return differing == 0 && isSame ? 0 : 1;
}
