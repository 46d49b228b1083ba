"""The addresses of units, below `desk/units/`."""

from django.urls import path

from jinguo.federation.gate import door
from jinguo.federation.views import chat_groups, contacts, duplicates, life, map, tree_import, units

_view, _edit = door("unit.view"), door("unit.edit")
_ONE = "<str:unit>/"

urlpatterns = [
    path("", door("unit.list")(units.unit_list), name="units"),
    path("export/", _edit(tree_import.units_export), name="units_export"),
    path("import/", _edit(tree_import.units_import), name="units_import"),
    path("import/<str:tree_import>/", _edit(tree_import.import_view), name="import_view"),
    path("import/<str:tree_import>/write/", _edit(tree_import.import_write), name="import_write"),
    path("import/<str:tree_import>/drop/", _edit(tree_import.import_drop), name="import_drop"),
    path("map/", _edit(map.map_page), name="map"),
    path("duplicates/", _edit(duplicates.duplicates), name="duplicates"),
    path("duplicates/apart/", _edit(duplicates.tell_apart), name="tell_apart"),
    path(_ONE, _view(units.unit_page), name="unit"),
    path(_ONE + "edit/", _edit(units.unit_edit), name="unit_edit"),
    path(_ONE + "below/new/", _edit(units.unit_new), name="unit_new"),
    path(_ONE + "close/", _edit(life.unit_close), name="unit_close"),
    path(_ONE + "move/", _edit(life.unit_move), name="unit_move"),
    path(_ONE + "split/", _edit(life.unit_split), name="unit_split"),
    path(_ONE + "reopen/", _edit(life.unit_reopen), name="unit_reopen"),
    path(_ONE + "term/", _edit(life.unit_term), name="unit_term"),
    path(_ONE + "contacts/new/", _edit(contacts.contact_new), name="contact_new"),
    path(_ONE + "contacts/<str:contact>/", _edit(contacts.contact_edit), name="contact_edit"),
    path(_ONE + "contacts/<str:contact>/raise/", _edit(contacts.contact_raise), name="contact_raise"),
    path(_ONE + "contacts/<str:contact>/remove/", _edit(contacts.contact_remove), name="contact_remove"),
    path(_ONE + "addresses/new/", _edit(contacts.address_new), name="address_new"),
    path(_ONE + "addresses/remove/", _edit(contacts.address_remove), name="address_remove"),
    path(_ONE + "groups/new/", _edit(chat_groups.chat_group_put), name="chat_group_new"),
    path(_ONE + "groups/<str:chat_group>/", _edit(chat_groups.chat_group_put), name="chat_group_edit"),
    path(_ONE + "groups/<str:chat_group>/remove/", _edit(chat_groups.chat_group_remove), name="chat_group_remove"),
]
