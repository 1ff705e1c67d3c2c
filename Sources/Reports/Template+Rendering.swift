extension Template {
  /// The text that a template makes; nil when it is over `outputLimit`. Names that stand for nothing are left out.
  func rendered(_ values: [String: TemplateValue]) -> String? {
    var renderer = Renderer(values: values)
    renderer.render(nodes)
    return renderer.room < 0 ? nil : renderer.output
  }

  /// Renders until there is no room; every part takes some, so that sections of many empty items end too.
  private struct Renderer {
    let values: [String: TemplateValue]
    var output = ""
    var room = Template.outputLimit
    /// The items of the enclosing lists, the innermost last.
    private var items: [[String: String]] = []

    init(values: [String: TemplateValue]) { self.values = values }

    mutating func render(_ nodes: [Node]) {
      for node in nodes {
        room -= 64
        guard room >= 0 else { return }
        switch node {
        case .text(let text): add(text)
        case .value(let name): add(text(name))
        case .section(let name, let isInverted, let nodes): section(name, isInverted, nodes)
        }
      }
    }

    private mutating func add(_ text: String) {
      room -= text.utf8.count
      if room >= 0 { output += text }
    }

    private mutating func section(_ name: String, _ isInverted: Bool, _ nodes: [Node]) {
      if !isInverted, innermost(name) == nil, case .list(let list) = values[name] {
        for item in list where room >= 0 {
          room -= 64
          items.append(item)
          render(nodes)
          items.removeLast()
        }
      } else if holds(name) != isInverted {
        render(nodes)
      }
    }

    private func innermost(_ name: String) -> String? { items.reversed().lazy.compactMap { $0[name] }.first }

    private func text(_ name: String) -> String {
      if let text = innermost(name) { return text }
      if case .text(let text) = values[name] { return text }
      return ""
    }

    private func holds(_ name: String) -> Bool {
      if let text = innermost(name) { return !text.isEmpty }
      return switch values[name] {
      case .text(let text): !text.isEmpty
      case .flag(let flag): flag
      case .list(let list): !list.isEmpty
      case nil: false
      }
    }
  }
}
