#pragma once
#include <stdint.h>

/// S = sum over pairs of w[i] w[j] sign(x[i] - x[j]) sign(y[i] - y[j]), rows in ascending order of x.
///
/// `x` and `y` are dense ranks, `low`, `middle` and `top` scratch of `groups` times 512, 32 and 1 entries, where
/// groups > (largest y rank + 1) / 512. Weights are not negative and add up to less than 2^30.
int64_t trainfree_concordance(const int32_t *x, const int32_t *y, const int32_t *weights, int64_t count, int32_t *low,
                              int32_t *middle, int32_t *top, int64_t groups);

/// totals[rank[i]] += weights[i]
void trainfree_tally(const int32_t *ranks, const int32_t *weights, int64_t count, int32_t *totals);

/// weights[i] = drawn[units[i]]
void trainfree_gather(const int32_t *units, const int32_t *drawn, int64_t count, int32_t *weights);

/// weights[i] = drawn[first[i]] drawn[second[i]]: how often a pair of rows comes in a resample of their units. The products stay
/// below 2^31.
void trainfree_pair_weights(const int32_t *first, const int32_t *second, const int32_t *drawn, int64_t count,
                            int32_t *weights);

/// sums[0] = sum of weights[i] signs[i], sums[1] = sum of weights[i] |signs[i]|, with signs of -1, 0 and 1.
void trainfree_pair_sums(const int8_t *signs, const int32_t *weights, int64_t count, int64_t *sums);
