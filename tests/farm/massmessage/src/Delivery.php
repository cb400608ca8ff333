<?php

namespace FarmMassMessage;

use ApiMessage;
use ChangeTags;
use CommentStoreComment;
use ManualLogEntry;
use MediaWiki\MediaWikiServices;
use MediaWiki\Revision\SlotRecord;
use Title;
use User;
use WikiPage;
use WikitextContent;

/**
 * Delivers one message to one page of this wiki, or logs why not.
 */
class Delivery {

	public const ACCOUNT = 'MediaWiki message delivery';
	public const OPT_OUT = 'Opted-out_of_message_delivery';
	public const TAG = 'massmessage-delivery';
	private const REVISIONS = 5;

	private User $account;
	private array $message;

	/** @param array $message page, subject, text, comment */
	public function __construct( array $message ) {
		$this->account = User::newSystemUser( self::ACCOUNT, [ 'steal' => true ] );
		$this->message = $message;
	}

	/** Delivers. */
	public function run(): void {
		$title = $this->destination();
		if ( !$title ) {
			return;
		}
		$page = MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title );
		if ( !$title->isTalkPage() && !$title->inNamespace( NS_PROJECT ) ) {
			$this->log( $title, 'skipbadns' );
		} elseif ( $this->lacksAccount( $title ) ) {
			$this->log( $title, 'skipnouser' );
		} elseif ( $this->optedOut( $title ) ) {
			$this->log( $title, 'skipoptout' );
		} elseif ( !$this->standsAlready( $title ) ) {
			$code = $this->obstacle( $title ) ?? $this->append( $page );
			if ( $code !== null ) {
				$this->log( $title, 'failure', $code );
			}
		}
	}

	/** The page itself: behind a redirect, and for a user their talk page. */
	private function destination(): ?Title {
		$title = Title::newFromText( $this->message['page'] );
		if ( !$title || !$title->canExist() ) {
			return null;
		}
		$title = $title->inNamespace( NS_USER ) ? $title->getTalkPage() : $title;
		if ( !$title->isRedirect() ) {
			return $title;
		}
		$page = MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title );
		$target = $page->getRedirectTarget();
		return $target && $target->canExist() ? $target : $title;
	}

	private function lacksAccount( Title $title ): bool {
		if ( !$title->inNamespace( NS_USER_TALK ) ) {
			return false;
		}
		$user = User::newFromName( $title->getRootText() );
		return !$user || !$user->isRegistered();
	}

	private function optedOut( Title $title ): bool {
		$condition = [ 'cl_from' => $title->getArticleID(), 'cl_to' => self::OPT_OUT ];
		return (bool)wfGetDB( DB_PRIMARY )->selectField( 'categorylinks', '1', $condition, __METHOD__ );
	}

	/** Whether one of the newest revisions is a delivery of this subject and text. */
	private function standsAlready( Title $title ): bool {
		$db = wfGetDB( DB_PRIMARY );
		$options = [ 'ORDER BY' => 'rev_id DESC', 'LIMIT' => self::REVISIONS ];
		$newest = $db->selectFieldValues(
			'revision', 'rev_id', [ 'rev_page' => $title->getArticleID() ], __METHOD__, $options
		);
		return $newest && in_array(
			$this->tagParameters(),
			$db->selectFieldValues( 'change_tag', 'ct_params', [ 'ct_rev_id' => $newest ], __METHOD__ ),
			true
		);
	}

	private function tagParameters(): string {
		return json_encode( [ 'hash' => md5( $this->message['subject'] . $this->message['text'] ) ] );
	}

	/** The API's code for what stands in the way, or null. */
	private function obstacle( Title $title ): ?string {
		if ( !$title->exists() && !$title->inNamespace( NS_USER_TALK ) ) {
			return 'missingtitle';
		}
		if ( !$title->hasContentModel( CONTENT_MODEL_WIKITEXT ) ) {
			return 'sectionsnotsupported';
		}
		$errors = MediaWikiServices::getInstance()->getPermissionManager()
			->getPermissionErrors( 'edit', $this->account, $title );
		return $errors ? ApiMessage::create( $errors[0] )->getApiCode() : null;
	}

	/** Saves the new section; returns a code if that fails. */
	private function append( WikiPage $page ): ?string {
		$text = "{$this->message['text']}\n{$this->message['comment']}";
		$section = new WikitextContent( $text );
		$content = $page->exists()
			? $page->getContent()->replaceSection( 'new', $section, $this->message['subject'] )
			: new WikitextContent( "== {$this->message['subject']} ==\n\n$text" );
		$updater = $page->newPageUpdater( $this->account );
		$updater->setContent( SlotRecord::MAIN, $content );
		$summary = "/* {$this->message['subject']} */ new section";
		$revision = $updater->saveRevision( CommentStoreComment::newUnsavedComment( $summary ) );
		if ( !$revision ) {
			return 'editfailed';
		}
		ChangeTags::addTags( self::TAG, null, $revision->getId(), null, $this->tagParameters() );
		return null;
	}

	private function log( Title $title, string $action, ?string $code = null ): void {
		$entry = new ManualLogEntry( 'massmessage', $action );
		$entry->setPerformer( $this->account );
		$entry->setTarget( $title );
		$parameters = [ '4::subject' => $this->message['subject'] ];
		$entry->setParameters( $code === null ? $parameters : $parameters + [ '5::reason' => $code ] );
		$entry->publish( $entry->insert() );
	}
}
