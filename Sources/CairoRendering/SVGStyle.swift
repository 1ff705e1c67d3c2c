import Figures

/// The classes of an SVG file's colours. A role has the same class in every file, so that one style sheet serves all
/// drawings of a page.
struct SVGStyle {
  /// The property that a colour is of.
  enum Property: String {
    case fill = "f"
    case stroke = "s"
  }

  private var rules: [String: (light: String, dark: String)] = [:]

  /// The class of a colour, whose rule is noted.
  mutating func name(_ role: Paint.Role, _ property: Property) -> String {
    let (key, shown) = Self.key(role)
    let name = property.rawValue + key
    if rules[name] == nil {
      let kind = property == .fill ? "fill" : "stroke"
      let (light, dark) = (Palette(theme: .light).color(shown).hex, Palette(theme: .dark).color(shown).hex)
      rules[name] = ("\(kind):\(light)", "\(kind):\(dark)")
    }
    return name
  }

  /// The style sheet of a file that stands alone: the light colours, and the dark ones where the reader prefers them.
  var sheet: String {
    let names = rules.keys.sorted()
    func lines(_ rule: ((light: String, dark: String)) -> String) -> String {
      names.compactMap { name in rules[name].map { ".\(name){\(rule($0))}\n" } }.joined()
    }
    return "\(lines(\.light))@media (prefers-color-scheme:dark){\n\(lines(\.dark))}\n"
  }

  /// Steps on either side of 0 of a diverging colour, and of a sequence.
  private static let steps = 32.0

  /// The key of a role, and the role whose colour it has: values are rounded to steps.
  private static func key(_ role: Paint.Role) -> (String, Paint.Role) {
    func step(_ value: Double) -> Int { value.isFinite ? Int((min(1, max(-1, value)) * steps).rounded()) : 0 }
    switch role {
    case .ink: return ("i", role)
    case .muted: return ("m", role)
    case .grid: return ("g", role)
    case .background: return ("b", role)
    case .category(let index):
      let slot = ((index % 8) + 8) % 8
      return slot == 7 ? ("i", .ink) : ("c\(slot)", role)
    case .sequential(let value):
      let place = step(max(0, value))
      return ("q\(place)", .sequential(Double(place) / steps))
    case .diverging(let value):
      let place = step(value)
      return ("d\(place < 0 ? "n\(-place)" : "\(place)")", .diverging(Double(place) / steps))
    case .onDiverging(let value): return readable(.onDiverging(Double(step(value)) / steps))
    case .onSequential(let value): return readable(.onSequential(Double(step(max(0, value))) / steps))
    }
  }

  /// Black or white in either theme.
  private static func readable(_ role: Paint.Role) -> (String, Paint.Role) {
    let letters = [FigureTheme.light, .dark].map { Palette(theme: $0).color(role).luminance > 0.5 ? "w" : "k" }
    return ("t" + letters.joined(), role)
  }
}

extension RGB {
  /// `#rrggbb`.
  var hex: String {
    "#"
      + [red, green, blue].map { channel in
        let value = Int((min(1, max(0, channel)) * 255).rounded())
        return (value < 16 ? "0" : "") + String(value, radix: 16)
      }.joined()
  }
}
