#include "include/paths.h"
#include "path_table.h"

extern const struct tf_kernels tf_kernels_of_plain;
#if defined(__x86_64__)
extern const struct tf_kernels tf_kernels_of_avx2;
extern const struct tf_kernels tf_kernels_of_avx512;
#elif defined(__aarch64__)
extern const struct tf_kernels tf_kernels_of_neon;
#endif

// Fastest first; the last one is always available.
static const struct {
  const char *name;
  const struct tf_kernels *kernels;
} paths[] = {
#if defined(__x86_64__)
    {"avx512", &tf_kernels_of_avx512},
    {"avx2", &tf_kernels_of_avx2},
#elif defined(__aarch64__)
    {"neon", &tf_kernels_of_neon},
#endif
    {"plain", &tf_kernels_of_plain},
};

#define COUNT (sizeof paths / sizeof *paths)

static size_t chosen = COUNT - 1;
static const char *refused;
static _Thread_local size_t forced = COUNT;

size_t tf_path_count(void) { return COUNT; }

const char *tf_path_name(size_t index) { return index < COUNT ? paths[index].name : ""; }

int tf_path_is_available(size_t index) {
  if (index >= COUNT) return 0;
#if defined(__x86_64__)
  __builtin_cpu_init();
  int hasAVX2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
  if (index == 0) {
    return hasAVX2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  }
  if (index == 1) return hasAVX2;
#endif
  return 1;
}

size_t tf_path_current(void) { return forced < COUNT ? forced : chosen; }

void tf_path_force(size_t index) { forced = tf_path_is_available(index) ? index : COUNT; }

const char *tf_path_refused(void) { return refused; }

/// Before anything else runs: the fastest path, or the one that is asked for.
__attribute__((constructor)) static void choose(void) {
  const char *wanted = getenv("TRAINFREE_KERNELS");
  if (wanted != NULL && *wanted == 0) wanted = NULL;
  refused = wanted;
  for (size_t index = COUNT; index-- > 0;) {
    if (!tf_path_is_available(index)) continue;
    chosen = index;
    if (wanted != NULL && strcmp(wanted, paths[index].name) == 0) {
      refused = NULL;
      return;
    }
  }
}

#define TF_KERNEL(result, name, parameters, arguments)                                                                 \
  result TF_NAME(name) parameters { return paths[tf_path_current()].kernels->TF_NAME(name) arguments; }
#include "every_function.h"
#undef TF_KERNEL

#define TF_ELEMENT void
#define TF_KERNEL(result, name, parameters, arguments)                                                                 \
  result name(int element, TF_WITHOUT_PARENTHESES parameters) {                                                        \
    const struct tf_kernels *kernels = paths[tf_path_current()].kernels;                                               \
    return element == TF_DOUBLE ? kernels->name##_f64 arguments : kernels->name##_f32 arguments;                       \
  }
#include "element_functions.h"
#undef TF_KERNEL
#undef TF_ELEMENT
