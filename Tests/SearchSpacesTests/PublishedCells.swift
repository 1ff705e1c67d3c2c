import TestSupport

/// Cells of NAS-Bench-NLP at full size (V 10,000, e 400, hidden 600, 3 layers, tied), with the parameters and the
/// forward operations over 70 × 50 tokens, in 10⁹, that PyTorch 1.13.0 counts.
enum PublishedCells {
  static let all: [(text: QuotedText, parameters: Int, gigaOperations: Double)] = [
    (
      """
      node_0 = linear x h_prev_0
      node_1 = leaky-relu node_0
      node_5 = linear h_prev_0 node_1
      h_new_0 = sigmoid node_5
      """, 7_493_200, 24.36
    ),
    (
      """
      node_0 = linear x h_prev_0
      node_1 = tanh node_0
      node_3 = linear h_prev_0 node_1
      h_new_0 = sigmoid node_3
      """, 7_493_200, 24.36
    ),
    (
      """
      node_0 = linear h_prev_0 h_prev_2
      node_1 = tanh node_0
      node_2 = linear x h_prev_1
      node_5 = linear node_1 x
      node_6 = tanh node_5
      node_7 = linear node_6 h_prev_0
      node_9 = linear h_new_1 node_1 h_prev_1
      h_new_0 = tanh node_9
      h_new_1 = tanh node_7
      h_new_2 = leaky-relu node_2
      """, 13_618_000, 67.2
    ),
    (
      """
      node_0 = product h_prev_0 h_prev_2
      node_1 = linear h_prev_0 h_prev_1
      node_2 = leaky-relu node_1
      node_3 = product node_0 h_prev_2
      node_8 = linear h_prev_2 h_prev_0
      node_9 = tanh node_8
      node_12 = linear node_9 x
      h_new_0 = tanh node_12
      h_new_1 = linear h_new_0 x
      h_new_2 = product node_3 node_2
      """, 10_976_400, 48.72
    ),
    (
      """
      node_0 = linear h_prev_0 x
      node_1 = tanh node_0
      h_new_0 = sum node_0 node_1
      """, 5_731_600, 12.04
    ),
    (
      """
      node_0 = sum h_prev_0 h_prev_1
      node_1 = linear x h_prev_1
      node_2 = sigmoid node_1
      node_6 = linear h_prev_0 node_2
      node_8 = linear h_prev_0 node_2
      node_9 = tanh node_8
      node_10 = sum h_prev_1 node_8
      node_11 = product node_8 node_2
      node_12 = blend node_11 node_0 node_10
      h_new_0 = tanh node_6
      h_new_1 = sum node_9 node_12
      """, 9_254_800, 36.68
    ),
    (
      """
      node_0 = linear x h_prev_0
      node_1 = tanh node_0
      node_2 = product h_prev_0 node_1
      node_5 = linear h_prev_0 x
      node_6 = sigmoid node_5
      node_14 = linear node_6 h_prev_1 x
      h_new_0 = leaky-relu node_14
      h_new_1 = sum node_0 node_2
      """, 10_054_800, 42.28
    ),
    (
      """
      node_0 = linear h_prev_1 x h_prev_0
      node_1 = sigmoid node_0
      node_4 = linear h_prev_2 node_1
      node_6 = blend node_1 h_prev_2 node_4
      node_10 = linear h_prev_2 x h_new_0
      h_new_0 = sigmoid node_4
      h_new_1 = leaky-relu node_10
      h_new_2 = sum node_6 node_1
      """, 10_974_800, 48.72
    ),
  ]
}
