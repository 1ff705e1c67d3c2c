import Foundation
import Tables

/// What the name of a column tells.
struct ColumnWords {
  /// The words of the name in lower case: parts between signs and at capitals, so that `valAcc` and `val_acc` have the same.
  let words: [String]
  /// The letters and digits of the name in lower case.
  let squashed: String

  init(_ header: String) {
    var words: [String] = []
    var word = ""
    var wasLower = false
    for character in header {
      guard character.isLetter || character.isNumber else {
        if !word.isEmpty { words.append(word) }
        (word, wasLower) = ("", false)
        continue
      }
      if character.isUppercase, wasLower, !word.isEmpty {
        words.append(word)
        word = ""
      }
      wasLower = character.isLowercase || character.isNumber
      word += character.lowercased()
    }
    if !word.isEmpty { words.append(word) }
    self.words = words
    squashed = words.joined()
  }

  private func has(_ set: Set<String>) -> Bool { words.contains { set.contains($0) } }

  /// True for the names of what tells architectures apart.
  var isIdentifier: Bool {
    has([
      "id", "ids", "idx", "index", "uid", "uuid", "hash", "key", "name", "arch", "architecture", "architectures",
      "model",
      "net", "network", "cell", "genotype", "config", "configuration", "recipe", "spec", "unnamed", "filename", "path",
    ]) || squashed.isEmpty || squashed.hasPrefix("archstr") || squashed.hasPrefix("archid")
  }

  /// True for the names of counts, times and places in an order, which measure no architecture.
  var isBookkeeping: Bool {
    has([
      "time", "times", "sec", "secs", "seconds", "ms", "hours", "runtime", "duration", "epoch", "epochs", "step",
      "steps",
      "seed", "seeds", "run", "runs", "trial", "trials", "fold", "batch", "timestamp", "date", "rank", "iteration",
    ])
  }

  /// True for the names of trivial predictors: parameters, operations, sizes.
  var isBaseline: Bool {
    has([
      "param", "params", "parameter", "parameters", "nparams", "flop", "flops", "mflops", "gflops", "mac", "macs",
      "gmacs",
      "madd", "madds", "multadds", "depth", "width", "layers", "nlayers", "modelsize", "mparams",
    ]) || squashed.hasSuffix("params") || squashed.hasSuffix("flops") || words == ["size"]
      || squashed.hasSuffix("parameters") || words.starts(with: ["model", "size"]) || squashed == "numlayers"
  }

  /// The better end of a trained performance by its name; nil for the names of something else.
  var performance: Direction? {
    if has([
      "loss", "losses", "perplexity", "ppl", "err", "error", "errors", "rmse", "mse", "mae", "wer", "cer", "fid", "bpc",
      "bpw", "nll", "regret",
    ])
      || squashed.hasSuffix("loss") || squashed.hasSuffix("perplexity") || squashed.hasSuffix("error")
    {
      return .lower
    }
    if has([
      "acc", "accuracy", "accuracies", "top1", "top5", "acc1", "glue", "bleu", "rouge", "f1", "mrr", "auc", "auroc",
      "map",
      "iou", "miou", "psnr", "ssim", "squad", "performance", "reward", "fitness", "sst2", "mnli", "cola", "qnli", "qqp",
      "mrpc", "rte",
    ]) || squashed.contains("acc") && !squashed.contains("accum") || squashed.hasPrefix("glue") {
      return .higher
    }
    let parts: Set<String> = ["val", "valid", "validation", "test", "dev", "eval"]
    return words.count > 1 && words.first.map { parts.contains($0) } == true ? .higher : nil
  }

  /// True for names that say that a number is a metric.
  var isMetric: Bool { has(["score", "scores", "metric", "proxy", "zc", "zcp"]) }

  /// The name in kebab-case, of at most 70 characters: accents taken off, other signs between words; `column-N` where nothing is left.
  static func name(_ header: String, position: Int) -> String {
    guard !header.isEmpty else { return position == 0 ? "index" : "column-\(position + 1)" }
    var name = ""
    for scalar in header.decomposedStringWithCompatibilityMapping.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": name.unicodeScalars.append(scalar)
      case "A"..."Z": name += scalar.properties.lowercaseMapping
      case "\u{300}"..."\u{36F}", "'": continue
      default: if !name.isEmpty, name.last != "-" { name += "-" }
      }
      if name.utf8.count >= 70 { break }
    }
    while name.last == "-" { name.removeLast() }
    guard let first = name.utf8.first else { return "column-\(position + 1)" }
    return (48...57).contains(first) ? "column-\(name)" : name
  }

  /// The name for people: blanks for underscores, the first of lower-case letters as a capital.
  static func title(_ header: String, position: Int) -> String {
    guard !header.isEmpty else { return position == 0 ? "Index" : "Column \(position + 1)" }
    let text = header.replacing("_", with: " ")
    let isPlain = text.unicodeScalars.allSatisfy {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == " " || $0 == "-"
    }
    return isPlain ? text.prefix(1).uppercased() + text.dropFirst() : text
  }
}
