import Documents
import Metrics
import Networks
import Sizes
import TestSupport
import Testing

/// Metrics of gradients of transformers against values recorded in PyTorch, for the random cotangent and for a loss.
@Suite(.serialized, .needsRecordedNetworks) struct GoldenObjectiveTests {
  @Test(arguments: GoldenTransformer.all, NumericPrecision.allCases)
  func gradients(_ model: GoldenTransformer, _ precision: NumericPrecision) throws {
    let recorded = try #require(model.node[precision == .float64 ? "float64" : "float32"])
    var all = GoldenExpectations(precision)
    try add(recorded["cotangent"], "", model, &all)
    try add(recorded[model.loss.key], "-\(model.loss.word)", model, &all)
    try all.check(model)
  }

  private func add(
    _ node: DocumentNode?, _ word: String, _ model: GoldenTransformer, _ all: inout GoldenExpectations
  ) throws {
    let recorded = try #require(node)
    for scope in ["linear", "weights", "weights-embeddings", "all"] {
      let key = scope.replacingOccurrences(of: "-", with: "_")
      let suffix = (scope == "weights" ? "" : "-\(scope)") + word
      try all.add("gradient-norm\(suffix)", recorded, "grad_norm/\(key)", single: 1e-6)
      try all.add("snip\(suffix)", recorded, "snip/\(key)", single: 1e-6)
      // A sum that cancels: judged against its terms.
      try all.add(
        "plain\(suffix)", recorded, "plain/\(key)", single: 1e-6, of: recorded["snip/\(key)"]?.double)
    }
    try all.add("global-gradient-norm-all\(word)", recorded, "global_grad_norm/all", single: 1e-6)
    for (id, key) in [
      ("fisher", "token"), ("fisher-elements", "sum"), ("fisher-channels", "channel"),
      ("fisher-linear", "linear_token"), ("fisher-linear-broadcast", "linear_token_broadcast"),
    ] {
      try all.add("\(id)\(word)", recorded, "fisher/\(key)", single: 1e-6)
    }
    try all.add("synaptic-diversity\(word)", recorded, "synaptic_diversity", single: 1e-5)
    try all.add("synaptic-saliency\(word)", recorded, "synaptic_saliency", single: 1e-6)
    try all.add("dss\(word)", recorded, "dss", single: 1e-5)
    try all.add("eznas\(word)", recorded, "eznas", single: 1e-9)
    try all.add("lpzero-gpt2\(word)", recorded, "lpzero_gpt2", single: 1e-6)
    for scope in ["weights", "all"] {
      let suffix = (scope == "weights" ? "" : "-\(scope)") + word
      try all.add("ntk-trace\(suffix)", recorded, "ntk_trace/\(scope)", single: 1e-6)
      try all.add("ntk-condition-number\(suffix)", recorded, "ntk_condition/\(scope)", single: 1e-6)
    }
    for scope in ["linear", "weights"] {
      let suffix = (scope == "weights" ? "" : "-\(scope)") + word
      try all.add("grasp\(suffix)", recorded, "grasp/\(scope)", single: 1e-5)
    }
    if model.architecture.kind == .encoder {
      for (id, rows) in [("head-importance", 128), ("head-importance-32", 32)] {
        let count = try #require(recorded["head_importance_count/\(rows)"]?.double)
        let value = count > 0 ? try #require(recorded["head_importance/\(rows)"]?.double) : nil
        all.add("\(id)\(word)", value: value, "head_importance/\(rows)", single: 1e-6)
        all.add("\(id)\(word)-mean", value: value.map { $0 / count }, "head_importance/\(rows) mean", single: 1e-6)
      }
      try all.add("jacobian-covariance\(word)", recorded, "jacobian_covariance", exact: 1e-8, single: 2e-5)
      try all.add("jacobian-cosine\(word)", recorded, "jacobian_cosine", single: 3e-6)
    }
    if model.architecture.kind == .gpt2 {
      let matrices = recorded["all_conv1d"]
      try all.add("all-matrices-diversity\(word)", matrices, "synaptic_diversity", single: 1e-5)
      try all.add("all-matrices-saliency\(word)", matrices, "synaptic_saliency", single: 1e-6)
      let importance = try #require(matrices?["head_importance"]?.double)
      all.add(
        "all-matrices-importance\(word)", value: importance == 0 ? nil : importance, "all head_importance", single: 1e-6
      )
      try all.add("jacobian-covariance\(word)", matrices, "jacobian_score", exact: 1e-8, single: 2e-5)
      try all.add("jacobian-cosine\(word)", matrices, "jacobian_cosine", single: 3e-6)
    }
  }
}
