import Documents
import Reports

/// A metric that a site has a page of.
package struct SiteMetric: Sendable, Hashable {
  /// Kebab-case name, which is that of its page.
  package var id: String
  package var title: String
  package var summary: String
  /// The definition, as plain text; empty where the tool does not compute it.
  package var formula: String
  /// Its source: the key of a publication, or a sentence.
  package var source: String
  /// What else is known of it, label and text.
  package var facts: [(label: String, text: String)] = []

  package init(
    id: String, title: String, summary: String, formula: String, source: String,
    facts: [(label: String, text: String)] = []
  ) {
    (self.id, self.title, self.summary) = (id, title, summary)
    (self.formula, self.source, self.facts) = (formula, source, facts)
  }

  package static func == (one: SiteMetric, other: SiteMetric) -> Bool { one.id == other.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// A dataset of the catalogue.
package struct SiteDataset: Sendable, Hashable {
  package var id: String
  package var title: String
  package var summary: String
  /// The address of its file.
  package var address: String
  /// SPDX name of the licence of its file.
  package var licence: String
  /// The key of its publication.
  package var citation: String
  package var byteCount: Int
  /// SHA-256 of its file.
  package var digest: String

  package init(
    id: String, title: String, summary: String, address: String, licence: String, citation: String, byteCount: Int,
    digest: String
  ) {
    (self.id, self.title, self.summary, self.address) = (id, title, summary, address)
    (self.licence, self.citation, self.byteCount, self.digest) = (licence, citation, byteCount, digest)
  }
}

/// A text of the documentation.
package struct SiteDocument: Sendable, Hashable {
  /// Its path in the project, such as `docs/analyses.md`.
  package var path: String
  /// Markdown.
  package var text: String

  package init(path: String, text: String) { (self.path, self.text) = (path, text) }

  /// The name of its page.
  var name: String {
    let stem = path.split(separator: "/").map(String.init)
    let last = (stem.last ?? "").replacing(".md", with: "").lowercased()
    if path == "README.md" { return "tour" }
    return last == "readme" ? PageParts.slug(stem.dropLast().joined(separator: "-")) : PageParts.slug(last)
  }
}

/// The texts that pages are made with.
package struct SiteTemplates: Sendable {
  package var style: String
  /// The script of reports, the one that their pages may run.
  package var reportScript: String
  /// What the pages of a site have besides.
  package var siteStyle: String
  package var siteScript: String

  package init(_ templates: TemplateSet, siteStyle: String, siteScript: String) {
    style = PageParts.style(templates)
    reportScript = PageParts.script(templates)
    self.siteStyle = siteStyle
    self.siteScript = siteScript
  }
}

/// Everything that a site is made of.
package struct SiteInput: Sendable {
  /// The reports by name.
  package var reports: [SiteReport]
  package var metrics: [SiteMetric]
  /// The id of the metric that a column of a report's data holds; nil for one of no metric that is known.
  package var metricOfColumn: @Sendable (String) -> String?
  package var datasets: [SiteDataset]
  package var bibliography: [BibliographyEntry]
  package var documents: [SiteDocument]
  package var templates: SiteTemplates
  /// Where the site will be, ending in `/`.
  package var base: String
  /// The question at the top of the front page.
  package var title: String
  /// The sentences below it.
  package var lead: String
  /// Those who answer for the reports, in order.
  package var authors: [String]
  /// The address of the repository; nil for none.
  package var repository: String?
  /// The day of the site, as 2026-11-29.
  package var date: String
  /// The figure of the front page, `report/figure`; nil for the first of the report with most claims.
  package var hero: String?
  /// The version of the tool.
  package var version: String
  /// What was there before.
  package var earlier: EarlierSite

  package init(
    reports: [SiteReport], metrics: [SiteMetric], metricOfColumn: @escaping @Sendable (String) -> String?,
    datasets: [SiteDataset], bibliography: [BibliographyEntry], documents: [SiteDocument], templates: SiteTemplates,
    base: String, title: String, lead: String, authors: [String], repository: String?, date: String, hero: String?,
    version: String,
    earlier: EarlierSite
  ) {
    (self.reports, self.metrics, self.metricOfColumn) = (reports, metrics, metricOfColumn)
    (self.datasets, self.bibliography, self.documents) = (datasets, bibliography, documents)
    (self.templates, self.base, self.title, self.lead) = (templates, base, title, lead)
    self.authors = authors
    (self.repository, self.date, self.hero, self.version) = (repository, date, hero, version)
    self.earlier = earlier
  }

  /// A publication; nil for a key that the bibliography does not have.
  func publication(_ key: String) -> BibliographyEntry? { bibliography.first { $0.key == key } }

  /// `Dong et al. (2024)`, or the key. Plain.
  func shortName(_ key: String) -> String { publication(key)?.shortName ?? key }

  func report(_ id: String) -> SiteReport? { reports.first { $0.id == id } }
}
