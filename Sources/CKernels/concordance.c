#include "CKernels.h"
#include "kernel_macros.h"

#include <string.h>

// steps + 31 - k: entry i is all ones for i > k.
static const int32_t steps[64] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
    -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1,
};

CLONES
int64_t trainfree_concordance(const int32_t *x, const int32_t *y, const int32_t *weights, int64_t count, int32_t *low,
                              int32_t *middle, int32_t *top, int64_t groups) {
  memset(low, 0, (size_t)groups * 512 * sizeof *low);
  memset(middle, 0, (size_t)groups * 32 * sizeof *middle);
  memset(top, 0, (size_t)groups * sizeof *top);
  int64_t sum = 0;
  int32_t total = 0;
  int64_t start = 0;
  while (start < count) {
    int64_t end = start;
    for (; end < count && x[end] == x[start]; end++) {
      int32_t below = low[y[end]] + middle[y[end] >> 4] + top[y[end] >> 9];
      int32_t next = y[end] + 1;
      int32_t upTo = low[next] + middle[next >> 4] + top[next >> 9];
      sum += (int64_t)weights[end] * (below + upTo - total);
    }
    for (int64_t row = start; row < end; row++) {
      int32_t weight = weights[row];
      int32_t rank = y[row];
      int32_t *lowEntries = low + (rank & ~15);
      int32_t *middleEntries = middle + (rank >> 9) * 32;
      const int32_t *lowSteps = steps + 31 - (rank & 15);
      const int32_t *middleSteps = steps + 31 - (rank >> 4 & 31);
      for (int lane = 0; lane < 16; lane++) lowEntries[lane] += lowSteps[lane] & weight;
      for (int lane = 0; lane < 32; lane++) middleEntries[lane] += middleSteps[lane] & weight;
      for (int64_t group = (rank >> 9) + 1; group < groups; group++) top[group] += weight;
      total += weight;
    }
    start = end;
  }
  return sum;
}

void trainfree_tally(const int32_t *ranks, const int32_t *weights, int64_t count, int32_t *totals) {
  for (int64_t row = 0; row < count; row++) totals[ranks[row]] += weights[row];
}

CLONES
void trainfree_gather(const int32_t *units, const int32_t *drawn, int64_t count, int32_t *weights) {
  for (int64_t row = 0; row < count; row++) weights[row] = drawn[units[row]];
}

CLONES
void trainfree_pair_weights(const int32_t *first, const int32_t *second, const int32_t *drawn, int64_t count,
                            int32_t *weights) {
  for (int64_t pair = 0; pair < count; pair++) weights[pair] = drawn[first[pair]] * drawn[second[pair]];
}

CLONES
void trainfree_pair_sums(const int8_t *signs, const int32_t *weights, int64_t count, int64_t *sums) {
  int64_t net = 0;
  int64_t untied = 0;
  for (int64_t pair = 0; pair < count; pair++) {
    int64_t product = (int64_t)(weights[pair] * signs[pair]);
    net += product;
    untied += product < 0 ? -product : product;
  }
  sums[0] = net;
  sums[1] = untied;
}
