#pragma once
// The last text of each plan that checked, so that a daemon that starts on broken files still runs
// what was agreed (I4): a list in the state folder that names kept texts (see kept_texts.h) and the
// shared templates they were checked with.

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/tree_texts.h"

namespace duban::engine {

/// One thread; nobody else writes below `state`.
class LastGood {
 public:
  /// A list that cannot be read is as one without plans.
  explicit LastGood(std::filesystem::path state);

  /// Keeps the texts of these plans, and names them as the last good ones. The error is for the
  /// log.
  std::string keep(const Tree& tree, const Texts& texts,
                   std::span<const plan::Plan* const> plans);
  /// The plan has ended and its files are gone: it is not to run again.
  std::string forget(const std::string& plan);

  /// The plans of which a text is kept.
  std::vector<std::string> plans() const;
  /// The plan as it was kept; nothing when none was, or when it does not check any more.
  std::shared_ptr<const plan::Plan> read(const settings::DaemonSettings& settings,
                                         const std::string& plan,
                                         message::Templates& templates) const;

 private:
  struct Named {
    std::string digest, templates;
    bool operator==(const Named&) const = default;
  };
  std::string write() const;
  void forget_unnamed_templates() const;
  std::filesystem::path templates_folder(const std::string& hash) const;

  std::filesystem::path state_;
  std::map<std::string, Named> named_;
};

}  // namespace duban::engine
