#include "settings/secret_ref.h"

#include <cstdlib>
#include <fstream>

#include "base/limits.h"
#include "settings/report.h"

namespace duban::settings {
namespace {

constexpr BilingualView forms{
    "改写为 { credential = \"名字\" }、{ file = \"路径\" } 或 { env = \"变量名\" }",
    "write { credential = \"NAME\" }, { file = \"PATH\" } or { env = \"VARIABLE\" }"};

std::optional<SecretRef> read_reference(const Node& node, std::string_view key,
                                        const std::filesystem::path& folder, Diagnostics& out) {
  Section section{node, std::string{key}, out};
  auto credential = section.text("credential");
  auto file = section.text("file");
  auto env = section.text("env");
  auto known = out.size();
  section.finish();
  int given = (credential ? 1 : 0) + (file ? 1 : 0) + (env ? 1 : 0);
  if (given != 1) {
    if (out.size() == known) {
      error(out, node.place, "secret-form",
            both("{} 要写明密钥放在哪一处", "{} must say where the secret is kept", section.what()),
            forms);
    }
    return std::nullopt;
  }
  if (file) return SecretRef{SecretRef::Kind::file, (folder / file->value).string(), file->place};
  auto kind = credential ? SecretRef::Kind::credential : SecretRef::Kind::env;
  const auto& name = credential ? *credential : *env;
  if (name.value.empty() || name.value.find('/') != std::string::npos) {
    error(out, name.place, "secret-form",
          {"这里只写名字,不能为空,不能带“/”",
           "only a name can stand here, not empty and without “/”"});
    return std::nullopt;
  }
  return SecretRef{kind, name.value, name.place};
}

std::optional<SecretRef> read_node(const Node& node, std::string_view key,
                                   const std::filesystem::path& folder, Diagnostics& out) {
  if (node.kind == Node::Kind::table) return read_reference(node, key, folder, out);
  error(out, node.place, "secret-value",
        both("{} 把密钥直接写进了文件;看过这个文件的人都知道它了,请换新的",
             "{} holds the secret itself; whoever has seen this file knows it: get a new one", key),
        forms);
  return std::nullopt;
}

std::expected<Secret, Bilingual> read_secret_file(const std::filesystem::path& path,
                                                  const Bilingual& shown) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(path, failure)) {
    return std::unexpected(both("密钥文件不存在或不是普通文件:{}",
                                "the secret's file does not exist or is not a regular file: {}",
                                shown));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(limits::secret_bytes + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.is_open() || file.bad()) {
    return std::unexpected(both("读不了密钥文件:{}", "cannot read the secret's file: {}", shown));
  }
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.size() > limits::secret_bytes) {
    return std::unexpected(both("密钥文件太大:{}", "the secret's file is too large: {}", shown));
  }
  while (bytes.ends_with('\n') || bytes.ends_with('\r')) bytes.pop_back();
  if (bytes.empty()) {
    return std::unexpected(both("密钥文件是空的:{}", "the secret's file is empty: {}", shown));
  }
  return Secret{std::move(bytes)};
}

}  // namespace

std::optional<SecretRef> read_secret(Section& section, std::string_view key,
                                     const std::filesystem::path& folder) {
  const auto* node = section.any(key);
  return node ? read_node(*node, key, folder, section.diagnostics()) : std::nullopt;
}

std::vector<SecretRef> read_secrets(Section& section, std::string_view key,
                                    const std::filesystem::path& folder) {
  std::vector<SecretRef> secrets;
  const auto* node = section.any(key);
  if (!node) return secrets;
  auto add = [&](const Node& one) {
    if (auto secret = read_node(one, key, folder, section.diagnostics())) {
      secrets.push_back(std::move(*secret));
    }
  };
  if (node->kind != Node::Kind::array) {
    add(*node);
    return secrets;
  }
  for (const auto& element : node->elements) add(element);
  if (node->elements.empty() || node->elements.size() > limits::channel_secrets) {
    error(section.diagnostics(), node->place, "secret-form",
          both("{} 写一个;轮换期间写新旧两个",
               "{} is one secret, or the new and the old while they are rotated", key));
  }
  return secrets;
}

std::expected<Secret, Bilingual> resolve(const SecretRef& secret) {
  if (secret.kind == SecretRef::Kind::file) {
    return read_secret_file(secret.name, alike(secret.name));
  }
  if (secret.kind == SecretRef::Kind::credential) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) {
      return std::unexpected(
          both("没有systemd凭据目录(CREDENTIALS_DIRECTORY),要的是凭据 {}",
               "no systemd credentials folder (CREDENTIALS_DIRECTORY) to read credential {} from",
               secret.name));
    }
    return read_secret_file(std::filesystem::path{folder} / secret.name,
                            both("凭据 {}", "credential {}", secret.name));
  }
  const char* value = std::getenv(secret.name.c_str());
  if (value == nullptr || *value == '\0') {
    return std::unexpected(
        both("没有设环境变量 {}", "environment variable {} is not set", secret.name));
  }
  if (std::string_view{value}.size() > limits::secret_bytes) {
    return std::unexpected(
        both("环境变量太长:{}", "environment variable is too long: {}", secret.name));
  }
  return Secret{value};
}

}  // namespace duban::settings
