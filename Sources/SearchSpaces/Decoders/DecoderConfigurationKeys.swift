import Documents

/// The keys of released configurations.
enum DecoderConfigurationKeys {
  /// The keys that a network depends on.
  static let meaningful = [
    "kind", "n_token", "n_layer", "d_model", "d_embed", "n_head", "d_inner", "cutoffs", "div_val", "tie_weight",
    "tie_projs", "tgt_len", "mem_len",
  ]

  /// A key that must have its usual value.
  struct Setting {
    let key: String
    /// The usual value, and other ways to write it.
    let values: [String]
    /// True when only the initial weights would be others.
    var isOfWeights = false
    /// True when nothing stands for the usual value.
    var mayBeNull = false
    let reason: String

    /// True for the usual value: as text, as a number or a truth value written otherwise, 0 and 1 for false and true.
    func accepts(_ node: DocumentNode) -> Bool {
      if let text = node.text, values.contains(text) { return true }
      if let flag = node.boolean, values.contains(String(flag)) { return true }
      guard let number = node.double else { return false }
      return values.contains { Double($0) == number || $0 == "false" && number == 0 || $0 == "true" && number == 1 }
    }
  }

  /// Settings that are not built otherwise.
  static let settings = [
    Setting(key: "adaptive", values: ["true"], reason: "the softmax is adaptive"),
    Setting(key: "attn_type", values: ["0"], reason: "other kinds of attention are not built"),
    Setting(key: "clamp_len", values: ["-1"], reason: "distances are not clamped"),
    Setting(key: "d_head", values: ["-1"], mayBeNull: true, reason: "heads share the model width evenly"),
    Setting(key: "ext_len", values: ["0"], reason: "contexts are not extended"),
    Setting(key: "pre_lnorm", values: ["false"], reason: "the order of normalisations is that of the kind"),
    Setting(key: "primer_conv", values: ["false"], reason: "Primer's convolutions are not built"),
    Setting(key: "primer_square", values: ["false"], reason: "squared rectifiers are not built"),
    Setting(key: "same_length", values: ["false"], reason: "every token attends to all before it"),
    Setting(key: "sample_softmax", values: ["-1", "0"], reason: "the softmax is not sampled"),
    Setting(
      key: "weight_init_type", values: ["normal"], isOfWeights: true, reason: "initial weights are normally distributed"
    ),
    Setting(
      key: "weight_init_std", values: ["0.02"], isOfWeights: true,
      reason: "initial weights have standard deviation 0.02"),
    Setting(
      key: "proj_init_std", values: ["0.01"], isOfWeights: true,
      reason: "initial projections have standard deviation 0.01"),
  ]

  /// All keys beside `meaningful` that are known.
  static let known = Set(settings.map(\.key)).union(ofTraining)

  /// Keys of the training, of its machine and of its log.
  private static let ofTraining: Set<String> = [
    "affinity", "amp", "apex_amp_opt_level", "append_dataset", "append_time", "batch_chunk", "batch_size", "clip",
    "clip_nonemb", "cuda", "dataset", "debug", "decay_rate", "dllog_file", "dropatt", "dropout", "dtype", "emb_init",
    "emb_init_range", "eta_min", "eval_batch_size", "eval_interval", "eval_max_steps", "eval_tgt_len",
    "experiment_name", "fear_terminate", "fp16", "get_params", "gpu0_bsz", "init", "init_range", "init_std",
    "local_batch_size", "local_rank", "log_all_ranks", "log_interval", "lr", "lr_min", "max_step",
    "max_step_scheduler", "mom", "multi_gpu", "n_all_param", "n_nonemb_param", "no_env", "no_eval", "not_tied", "optim",
    "patience", "ppl_threshold", "restart", "roll", "save_all", "scheduler", "seed", "swap_mem", "target_perplexity",
    "target_throughput", "tied", "txtlog_file", "use_cache", "use_train", "varlen", "vocab", "vocab_size",
    "warmup_step", "weight_decay", "weight_init_range",
  ]
}
