#pragma once
#include <stddef.h>
#include <stdint.h>

// What is used of libxsmm 1.17, declared here: its header does not import into Swift.
typedef void (*libxsmm_smmfunction)(const float *a, const float *b, float *c, ...);
typedef void (*libxsmm_dmmfunction)(const double *a, const double *b, double *c, ...);
libxsmm_smmfunction libxsmm_smmdispatch(
  int m, int n, int k, const int *lda, const int *ldb, const int *ldc, const float *alpha, const float *beta,
  const int *flags, const int *prefetch);
libxsmm_dmmfunction libxsmm_dmmdispatch(
  int m, int n, int k, const int *lda, const int *ldb, const int *ldc, const double *alpha, const double *beta,
  const int *flags, const int *prefetch);
void libxsmm_init(void);
const char *libxsmm_get_target_arch(void);

/// Calls a kernel: c [n, m] <- or += b [n, k] * a [k, m], row-major.
static inline void trainfree_call_f32(libxsmm_smmfunction kernel, const float *a, const float *b, float *c) {
  kernel(a, b, c);
}

static inline void trainfree_call_f64(libxsmm_dmmfunction kernel, const double *a, const double *b, double *c) {
  kernel(a, b, c);
}
