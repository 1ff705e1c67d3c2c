import Diagnostics
import Documents
import Pipeline
import Runner
import Store

/// Warns of signs in figures that no installed font has.
enum MissingSigns {
  /// Signs that are named; more are counted.
  private static let most = 20

  /// The warning; nil when no sign is missing.
  static func text(_ signs: [String], figures: [String] = []) -> String? {
    guard !signs.isEmpty else { return nil }
    let named = signs.prefix(most).map { sign in
      let codes = sign.unicodeScalars.map { "U+" + code($0.value) }.joined(separator: " ")
      return "\(ConsoleWriter.visible(sign)) (\(codes))"
    }
    let rest = signs.count > most ? " and \(signs.count - most) more" : ""
    let places = figures.isEmpty ? "" : " in \(figures.joined(separator: ", "))"
    return "no installed font has \(named.joined(separator: ", "))\(rest)\(places); boxes with their codes are drawn. "
      + "Install a font that has them, such as fonts-noto-cjk or fonts-noto-color-emoji, and run again with --force"
  }

  private static func code(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Shows one warning for all figures of a run, drawn now or before.
  static func warn(_ result: ExecutionResult, _ store: Store, _ console: Console) {
    var signs: [String] = []
    var figures: [String] = []
    for (name, record) in result.records.sorted(by: { $0.key < $1.key }) where name.hasPrefix("figure/") {
      guard let digest = record.output, let bytes = try? store.artifact(digest),
        let document = try? DocumentReader.read(bytes, file: name, limits: .data),
        let found = JSONValue(document)["missing-signs"]?.elements, !found.isEmpty
      else { continue }
      figures.append(String(name.dropFirst("figure/".count)))
      for sign in found.compactMap(\.string) where !signs.contains(sign) { signs.append(sign) }
    }
    if let text = text(signs, figures: figures) { console.log("warning: \(text)") }
  }
}
