# Follows ADR-0012 (docs/adr/0012-serverless-service-azure-container-apps.md).
# Where the state lies.

# The storage account is named at init, so that the same code serves every environment. It takes identities and no keys,
# locks by itself, and keeps every version.
terraform {
  backend "azurerm" {
    container_name   = "state"
    key              = "container-apps.tfstate"
    use_azuread_auth = true
  }
}
