import Files

/// The templates of reports with their style and script, a user's folder before the shipped one; see `Template`.
package struct TemplateSet: Sendable {
  /// The files that reports are made with.
  package static let names = [
    "report.html.mustache", "report.md.mustache", "table.tex.mustache", "style.css", "claims.css", "script.js",
  ]

  private let templates: [String: Template]
  private let plain: [String: String]
  /// Every template's name and text, for a step's key.
  package let texts: [(name: String, text: String)]

  /// Loads each template from the first folder that has it.
  ///
  /// - Throws: `ReportError.template` naming the file, and line and column where there is one.
  package init(folders: [String]) throws(ReportError) {
    var templates: [String: Template] = [:]
    var plain: [String: String] = [:]
    var texts: [(name: String, text: String)] = []
    for name in Self.names {
      guard let folder = folders.first(where: { FileSystem.exists("\($0)/\(name)") }) else {
        throw .template(name: name, reason: "not found in \(folders.joined(separator: ", "))")
      }
      let path = "\(folder)/\(name)"
      let text = try Self.read(path)
      texts.append((name, text))
      if name.hasSuffix(".mustache") {
        templates[name] = try Self.parsed(text, path)
      } else {
        let end = name.hasSuffix(".js") ? "</script" : "</style"
        guard text.lowercased().firstRange(of: end) == nil, text.firstRange(of: "<!--") == nil else {
          throw .template(name: path, reason: "\(end) and <!-- cannot be in it, as it is put into the page")
        }
        plain[name] = text
      }
    }
    self.templates = templates
    self.plain = plain
    self.texts = texts
  }

  /// A template with values that are safe for its format.
  ///
  /// - Throws: `ReportError.template` when it is over `Template.outputLimit`.
  func render(_ name: String, _ values: [String: TemplateValue]) throws(ReportError) -> String {
    guard let template = templates[name] else { throw .template(name: name, reason: "not loaded") }
    guard let text = template.rendered(values) else {
      throw .template(
        name: name, reason: "what it makes is over \(Template.outputLimit) bytes; use no list inside a list")
    }
    return text
  }

  func text(_ name: String) -> String { plain[name] ?? "" }

  /// The text with line feeds as line ends, as a browser sees it.
  private static func read(_ path: String) throws(ReportError) -> String {
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try FileSystem.read(path, limit: Template.byteLimit)
    } catch {
      throw .template(name: path, reason: "\(error)")
    }
    guard let text = String(validating: bytes, as: UTF8.self), !text.utf8.contains(0) else {
      throw .template(name: path, reason: "it is not UTF-8 text")
    }
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  private static func parsed(_ text: String, _ path: String) throws(ReportError) -> Template {
    do throws(Template.Problem) { return try Template(text) } catch {
      throw .template(name: "\(path):\(error.line):\(error.column)", reason: error.reason)
    }
  }
}
